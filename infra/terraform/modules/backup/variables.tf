variable "name" {
  description = "What the buckets' and keys' names begin with, such as sportbuff-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "retention" {
  description = "How long a backup is locked, and after how many days it moves to cold storage and expires."
  type = object({
    lock_days   = number
    cold_days   = number
    expire_days = number
  })
  default = {
    lock_days   = 35
    cold_days   = 30
    expire_days = 90
  }

  # A drill restores what is up to eight days old.
  validation {
    condition     = var.retention.lock_days >= 8
    error_message = "retention.lock_days: expected at least 8 days; the weekly drill restores backups of that age."
  }
}

variable "protected" {
  description = "Whether nobody can delete a backup before its time (COMPLIANCE), nor its bucket, and keys wait 30 days for their deletion. Only a simulator or a throwaway account says false."
  type        = bool
  default     = true
}
