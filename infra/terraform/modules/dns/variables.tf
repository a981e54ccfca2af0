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

variable "issuers" {
  description = "Who may issue certificates for names of the domain, beside Amazon: whoever the gateway's certificates come from (cert-manager)."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for issuer in var.issuers : can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", issuer))])
    error_message = "issuers: expected names such as letsencrypt.org, as their documentation of CAA has them."
  }
}

variable "protected" {
  description = "Whether a zone that still has records can't be destroyed."
  type        = bool
  default     = true
}
