variable "domain" {
  description = "The domain that the services are reached by, such as staging.sportbuff.example."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.domain))
    error_message = "domain: expected a name such as staging.sportbuff.example, in lower case and without a dot at its end."
  }
}

variable "services" {
  description = "The services that are exposed, each by a name of its own within the domain."
  type        = set(string)
  default     = ["dashboard", "server"]
}

variable "protected" {
  description = "Whether a zone that still has records can't be destroyed."
  type        = bool
  default     = true
}
