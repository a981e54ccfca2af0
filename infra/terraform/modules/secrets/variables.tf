variable "name" {
  description = "What the secrets' names begin with, such as sportbuff/production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9/-]{2,63}$", var.name))
    error_message = "name: expected 3 to 64 lower-case letters, digits, hyphens and slashes, the first a letter."
  }
}

variable "secrets" {
  description = "The keys of each secret; each key holds a password."
  type        = map(set(string))

  validation {
    condition     = length(var.secrets) > 0 && alltrue([for keys in var.secrets : length(keys) > 0])
    error_message = "secrets: expected at least one secret, and in each at least one key."
  }
}

variable "passwords" {
  description = "The password for each key, by SECRET/KEY. Whatever writes it here must not keep it: ../password makes a new one each time."
  type        = map(string)
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = alltrue([for password in var.passwords : length(password) >= 32])
    error_message = "passwords: expected at least 32 characters each."
  }
  validation {
    condition     = length(distinct(values(var.passwords))) == length(var.passwords)
    error_message = "passwords: expected another one for each key."
  }
}

variable "rotation" {
  description = "Number of the passwords in force, by secret; a higher one makes new passwords at the next apply. 1 where none is given."
  type        = map(number)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.rotation), keys(var.secrets))) == 0
    error_message = "rotation: expected names of var.secrets."
  }
  validation {
    condition     = alltrue([for number in var.rotation : number >= 1 && floor(number) == number])
    error_message = "rotation: expected whole numbers from 1."
  }
}

variable "protected" {
  description = "Whether a deleted secret can be had back for 30 days; false deletes at once."
  type        = bool
  default     = true
}
