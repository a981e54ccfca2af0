output "host" {
  description = "The address, for mysql.host of an environment."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "The port."
  value       = aws_db_instance.this.port
}
