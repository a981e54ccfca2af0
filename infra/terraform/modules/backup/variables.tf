variable "name" {
  description = "What the buckets' and keys' names begin with, such as sportbuff-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "retention" {
  description = "How long a version of what is written is locked, and stays once it was overwritten or deleted; and after how many days what is still there moves to cold storage. It never goes by its age: config/backup/retain removes what need not be kept."
  type = object({
    lock_days = number
    cold_days = number
  })
  default = {
    lock_days = 35
    cold_days = 30
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
