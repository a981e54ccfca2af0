output "platform" {
  description = "What a deployment needs to know of the cloud underneath."
  value       = module.platform
}

output "values" {
  description = "The text of environments/production/cloud.yaml: terraform output -raw values"
  value       = "# Made by Terraform: do not edit (docs/infrastructure.md).\n${yamlencode(module.platform.values)}"
}
