output "platform" {
  description = "What a deployment needs to know of the cloud underneath."
  value       = module.platform
}
