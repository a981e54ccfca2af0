variable "name" {
  description = "What the repositories' names begin with, such as sportbuff."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "repositories" {
  description = "The images that the deployment pulls, a repository each."
  type        = set(string)
  default     = ["artemis", "backup", "dashboard", "fluentd", "haproxy", "mysql", "mysqld-exporter", "redis", "redis-exporter", "server"]

  validation {
    condition     = length(var.repositories) > 0 && alltrue([for repository in var.repositories : can(regex("^[a-z][a-z0-9-]{1,31}$", repository))])
    error_message = "repositories: expected at least one name of lower-case letters, digits and hyphens."
  }
}

variable "untagged_days" {
  description = "After how many days an image that no tag names any longer goes."
  type        = number
  default     = 30

  validation {
    condition     = var.untagged_days >= 1
    error_message = "untagged_days: expected at least 1 day."
  }
}

variable "protected" {
  description = "Whether a repository that holds images can't be destroyed."
  type        = bool
  default     = true
}
