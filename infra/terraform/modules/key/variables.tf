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

variable "protected" {
  description = "Whether a deletion can be taken back for 30 days; false leaves the 7 that AWS demands."
  type        = bool
  default     = true
}
