variable "name" {
  description = "What the roles' names begin with, such as sportbuff-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "issuer" {
  description = "Who vouches for the cluster's service accounts: ARN of the provider, and its address without https://."
  type = object({
    arn  = string
    host = string
  })
}

variable "accounts" {
  description = "The service accounts that have a role: where each is, what it may do, statement by statement, and the policies of AWS' own that say it (by name, where AWS keeps one up with its driver)."
  type = map(object({
    namespace       = string
    service_account = string
    managed         = optional(list(string), [])
    statements = list(object({
      sid       = string
      actions   = list(string)
      resources = list(string)
      condition = optional(map(map(string)), {})
    }))
  }))

  validation {
    condition     = alltrue([for account in var.accounts : alltrue([for statement in account.statements : alltrue([for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z]+$", action))])])])
    error_message = "accounts: expected each action with its whole name, such as s3:GetObject; a star allows what nobody has thought of."
  }
  validation {
    condition     = alltrue(flatten([for account in var.accounts : [for policy in account.managed : endswith(policy, "CSIDriverPolicy")]]))
    error_message = "accounts: expected no policy of AWS' own but those of the drivers of volumes; the others allow more than one task needs."
  }
  validation {
    condition     = alltrue([for account in var.accounts : !strcontains("${account.namespace}${account.service_account}", "*")])
    error_message = "accounts: expected one service account in one namespace each, without a star."
  }
}

variable "everywhere" {
  description = "The statements whose resource may be *, by sid, each with the reason: AWS offers nothing narrower for their actions."
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue(flatten([for account in var.accounts : [for statement in account.statements : [for resource in statement.resources :
    resource != "*" || length(trimspace(lookup(var.everywhere, statement.sid, ""))) > 0]]]))
    error_message = "everywhere: expected a reason for each statement whose resource is *."
  }
}
