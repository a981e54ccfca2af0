variable "name" {
  description = "Name of the database server."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
}

variable "subnets" {
  description = "Id of the private subnet of each zone."
  type        = map(string)

  validation {
    condition     = length(var.subnets) >= 2
    error_message = "subnets: expected those of at least two zones; with one, its loss is that of the store."
  }
}

variable "clients" {
  description = "Addresses of the nodes and pods, of each zone: nobody else reaches it."
  type        = map(string)

  validation {
    condition     = alltrue([for cidr in var.clients : can(cidrnetmask(cidr)) && !endswith(cidr, "/0")])
    error_message = "clients: expected IPv4 networks, and not all addresses."
  }
}

variable "key_arn" {
  description = "ARN of the KMS key that encrypts it."
  type        = string
}

variable "server" {
  description = "Version of MySQL, kind of machine, and the size of its disk in GiB, at first and at most."
  type = object({
    version        = string
    instance_class = string
    disk_gib       = number
    disk_max_gib   = number
  })
}

variable "password" {
  description = "The password of its first account, administrator. Whatever writes it here must not keep it: ../password makes a new one each time."
  type        = string
  ephemeral   = true
  sensitive   = true

  # MySQL takes no more than 41.
  validation {
    condition     = length(var.password) >= 32 && length(var.password) <= 41
    error_message = "password: expected 32 to 41 characters."
  }
}

variable "rotation" {
  description = "Number of the password in force; a higher one writes the one that is given at the next apply."
  type        = number
  default     = 1
}

variable "backup_days" {
  description = "How long a moment can be restored, in days."
  type        = number
  default     = 35

  # A drill restores what is up to eight days old; the provider keeps no more than 35.
  validation {
    condition     = var.backup_days >= 8 && var.backup_days <= 35
    error_message = "backup_days: expected 8 to 35 days."
  }
}

variable "protected" {
  description = "Whether it outlives a destroy: it can't be deleted, and leaves a last snapshot. Only a simulator or a throwaway account says false."
  type        = bool
  default     = true
}
