output "value" {
  description = "A password of 40 letters and digits, another one each time."
  value       = ephemeral.aws_secretsmanager_random_password.this.random_password
  ephemeral   = true
  sensitive   = true
}
