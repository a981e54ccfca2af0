variable "environment" {
  description = "Name of the environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,15}$", var.environment))
    error_message = "environment: expected 3 to 16 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "region" {
  description = "The region that the providers are of."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: expected the name of a region, such as eu-central-1."
  }
}

variable "cidr" {
  description = "Addresses of the network; another one in each environment, so that they can be joined."
  type        = string
}

variable "nat_per_zone" {
  description = "Whether each zone has a way out of its own."
  type        = bool
  default     = true
}

variable "kubernetes" {
  description = "Version of Kubernetes, major and minor."
  type        = string
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
}

variable "domain" {
  description = "The domain that the services are reached by."
  type        = string
}

variable "retention" {
  description = "How long backups are locked, and after how many days they move to cold storage."
  type = object({
    lock_days = number
    cold_days = number
  })
}

variable "rotation" {
  description = "Number of the passwords in force, by secret: a higher one makes new ones."
  type        = map(number)
  default     = {}
}

variable "protected" {
  description = "Whether what holds data outlives a destroy: locks that nobody opens, recovery windows of 30 days. Only a simulator or a throwaway account says false."
  type        = bool
}

variable "addons" {
  description = "Whether the add-on is had that holds pods to network policies. Only a simulator says false: it has none."
  type        = bool
}
