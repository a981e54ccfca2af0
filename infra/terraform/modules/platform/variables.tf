variable "environment" {
  description = "Name of the environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,15}$", var.environment))
    error_message = "environment: expected 3 to 16 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "retention" {
  description = "How long backups are locked, and after how many days they move to cold storage and expire."
  type = object({
    lock_days   = number
    cold_days   = number
    expire_days = number
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
