variable "name" {
  description = "Name of the cluster."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "name: expected 3 to 32 lower-case letters, digits and hyphens, the first a letter."
  }
}

variable "vpc_id" {
  description = "Id of the network."
  type        = string
}

variable "subnets" {
  description = "Id of the private subnet of each zone."
  type        = map(string)

  validation {
    condition     = length(var.subnets) >= 2
    error_message = "subnets: expected those of at least two zones; with one, its loss is that of the store."
  }
}

variable "clients" {
  description = "Addresses of the nodes and pods, of each zone: nobody else reaches it."
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

variable "server" {
  description = "Version of Redis, kind of machine, and how many shards there are."
  type = object({
    version   = string
    node_type = string
    shards    = number
  })

  validation {
    condition     = var.server.shards >= 3
    error_message = "server.shards: expected at least three, as config/redis has them; with fewer, one that is lost takes a majority with it."
  }
}

variable "protected" {
  description = "Whether it leaves a last snapshot at a destroy. Only a simulator or a throwaway account says false."
  type        = bool
  default     = true
}
