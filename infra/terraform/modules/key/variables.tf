variable "name" {
  description = "Alias of the key, without the prefix alias/."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9/-]{2,63}$", var.name))
    error_message = "name: expected 3 to 64 lower-case letters, digits, hyphens and slashes."
  }
}

variable "purpose" {
  description = "What the key encrypts, one phrase."
  type        = string

  validation {
    condition     = length(trimspace(var.purpose)) > 0
    error_message = "purpose: expected a phrase that says what the key encrypts."
  }
}

variable "services" {
  description = "Services of AWS that may use the key for what is this account's, such as logs.eu-central-1.amazonaws.com."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for service in var.services : endswith(service, ".amazonaws.com")])
    error_message = "services: expected names that end in .amazonaws.com."
  }
}

variable "users" {
  description = "ARNs of the roles that may use the key, themselves and by what AWS runs for them."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for user in var.users : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*]+$", user))])
    error_message = "users: expected the ARNs of roles, without a star."
  }
}

variable "protected" {
  description = "Whether a deletion can be taken back for 30 days; false leaves the 7 that AWS demands."
  type        = bool
  default     = true
}
