variable "name" {
  description = "Name of the cluster."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "kubernetes" {
  description = "Version of Kubernetes, major and minor."
  type        = string

  validation {
    condition     = can(regex("^1\\.(3[2-9]|[4-9][0-9])$", var.kubernetes))
    error_message = "kubernetes: expected a version from 1.32 on, such as 1.34."
  }
}

variable "subnets" {
  description = "Id of the private subnet of each zone."
  type        = map(string)

  validation {
    condition     = length(var.subnets) == 3
    error_message = "subnets: expected one in each of three zones."
  }
}

variable "nodes" {
  description = "The nodes: kinds of machine, how many at least, at first and at most, and the size of each one's disk in GiB."
  type = object({
    instance_types = list(string)
    min            = number
    desired        = number
    max            = number
    disk_gib       = number
  })

  # Three nodes: the six of Redis, the pair of brokers and the pair of databases keep apart by zone.
  validation {
    condition     = var.nodes.min >= 3 && var.nodes.min <= var.nodes.desired && var.nodes.desired <= var.nodes.max
    error_message = "nodes: expected 3 ≤ min ≤ desired ≤ max."
  }
  validation {
    condition     = length(var.nodes.instance_types) > 0 && var.nodes.disk_gib >= 50
    error_message = "nodes: expected at least one kind of machine, and disks of at least 50 GiB."
  }
}

variable "key_arn" {
  description = "ARN of the KMS key that encrypts the cluster's secrets, logs and disks. Its policy lets CloudWatch Logs and the nodes' scaling use it."
  type        = string
}

variable "log_days" {
  description = "How long the logs of the control plane are kept, in days; one of those that CloudWatch knows."
  type        = number
  default     = 90

  validation {
    condition     = contains([30, 60, 90, 120, 180, 365, 400], var.log_days)
    error_message = "log_days: expected 30, 60, 90, 120, 180, 365 or 400."
  }
}

variable "addons" {
  description = "Whether the add-on is had that holds pods to network policies. Only a simulator says false: it has none."
  type        = bool
}
