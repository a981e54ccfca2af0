variable "name" {
  description = "Name of the file system."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,63}$", var.name))
    error_message = "name: expected 3 to 64 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
}

variable "subnets" {
  description = "Id of the private subnet of each zone."
  type        = map(string)
}

variable "clients" {
  description = "Addresses of the nodes and pods, of each zone: nobody else reaches the file system."
  type        = map(string)

  validation {
    condition     = alltrue([for cidr in var.clients : can(cidrnetmask(cidr)) && !endswith(cidr, "/0")])
    error_message = "clients: expected IPv4 networks, and not all addresses."
  }
}

variable "key_arn" {
  description = "ARN of the KMS key that encrypts it."
  type        = string
}
