variable "protected" {
  description = "Whether what holds data outlives a destroy. Only the simulator says false."
  type        = bool
  default     = true
}
