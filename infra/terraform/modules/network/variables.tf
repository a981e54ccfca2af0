variable "name" {
  description = "What the network's parts are named after, such as sportbuff-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "cidr" {
  description = "Addresses of the network."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.cidr)) && endswith(var.cidr, "/16")
    error_message = "cidr: expected an IPv4 network of /16, such as 10.20.0.0/16."
  }
}

variable "zones" {
  description = "The three zones that everything is spread over."
  type        = list(string)

  validation {
    condition     = length(var.zones) == 3 && length(distinct(var.zones)) == 3
    error_message = "zones: expected three different zones; with fewer, one that is lost takes a quorum with it."
  }
}

variable "nat_per_zone" {
  description = "Whether each zone has a way out of its own, so that the loss of one takes none from the others."
  type        = bool
  default     = true
}

variable "key_arn" {
  description = "ARN of the KMS key that encrypts the log of connections. Its policy lets CloudWatch Logs use it."
  type        = string
}

variable "log_days" {
  description = "How long the log of connections is kept, in days; one of those that CloudWatch knows."
  type        = number
  default     = 90

  validation {
    condition     = contains([30, 60, 90, 120, 180, 365, 400], var.log_days)
    error_message = "log_days: expected 30, 60, 90, 120, 180, 365 or 400."
  }
}

variable "endpoints" {
  description = "The services of AWS that have an address in the private subnets of each zone: where backups go, and what gives a pod its role."
  type        = set(string)
  default     = ["s3", "sts"]

  validation {
    condition     = length(setsubtract(var.endpoints, ["s3", "sts"])) == 0
    error_message = "endpoints: expected s3 and sts; for another one endpoints.tf must say what goes through it."
  }
}
