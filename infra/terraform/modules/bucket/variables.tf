variable "name" {
  description = "Name of the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name: expected 3 to 63 lower-case letters, digits and hyphens; dots break TLS."
  }
}

variable "key_arn" {
  description = "ARN of the KMS key that encrypts what lies in it."
  type        = string
}

variable "lock" {
  description = "How long a version can be neither changed nor deleted, in days, and by whom not: COMPLIANCE binds everybody, GOVERNANCE all without a permission of its own. Null for no lock."
  type = object({
    mode = string
    days = number
  })

  validation {
    condition     = var.lock == null ? true : contains(["COMPLIANCE", "GOVERNANCE"], var.lock.mode)
    error_message = "lock.mode: expected COMPLIANCE or GOVERNANCE."
  }
  validation {
    condition     = var.lock == null ? true : var.lock.days >= 1 && floor(var.lock.days) == var.lock.days
    error_message = "lock.days: expected a whole number of days, at least 1."
  }
}

variable "lifecycle_days" {
  description = "After how many days an object moves to cold storage (null: never), and how long a version that was overwritten or deleted stays."
  type = object({
    cold       = optional(number)
    noncurrent = number
  })

  validation {
    condition     = var.lifecycle_days.noncurrent >= 1
    error_message = "lifecycle_days.noncurrent: expected at least 1 day."
  }
  validation {
    condition     = var.lock == null ? true : var.lifecycle_days.noncurrent >= var.lock.days
    error_message = "lifecycle_days.noncurrent: expected at least lock.days; a version that is locked can't go."
  }
}

variable "protected" {
  description = "Whether a bucket that holds something can't be destroyed."
  type        = bool
  default     = true
}
