variable "protected" {
  description = "Whether what holds data outlives a destroy. Only the simulator says false."
  type        = bool
  default     = true
}

variable "addons" {
  description = "Whether the add-on is had that holds pods to network policies. Only a simulator says false: it has none."
  type        = bool
  default     = true
}
