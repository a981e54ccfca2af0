output "host" {
  description = "The address, for redis.hosts of an environment."
  value       = aws_elasticache_replication_group.this.configuration_endpoint_address
}

output "port" {
  description = "The port."
  value       = aws_elasticache_replication_group.this.port
}
