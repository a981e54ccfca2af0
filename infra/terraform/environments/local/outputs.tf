output "secrets" {
  description = "Name of each secret, as the environment's values place them."
  value       = module.secrets.names
}
