output "backup" {
  description = "Where backups go: bucket, replica, key, lock."
  value = {
    bucket  = module.backup.bucket
    replica = module.backup.replica
    key_arn = module.backup.key_arn
    lock    = module.backup.lock
  }
}

output "secrets" {
  description = "Name of each secret in Secrets Manager."
  value       = module.secrets.names
}

output "images" {
  description = "Address of each image's repository."
  value       = module.registry.urls
}

output "cluster" {
  description = "The cluster: its name, the address of its control plane within the network."
  value = {
    name     = module.cluster.name
    endpoint = module.cluster.endpoint
  }
}

output "storage" {
  description = "Id of the file system that the brokers share, and ARN of the key for disks."
  value = {
    file_system = module.storage.file_system
    key_arn     = module.key.arn
  }
}

output "dns" {
  description = "The domain, its zone, and the certificate of each service."
  value = {
    domain       = var.domain
    zone         = module.dns.zone
    certificates = module.dns.certificates
  }
}

output "roles" {
  description = "ARN of the role of each service account."
  value       = module.access.roles
}

output "values" {
  description = "What environments/NAME/cloud.yaml of the deployment holds: all that its values say of the cloud, and nothing else."
  value = {
    secretStore = { region = var.region }
    gateway     = { host = "${local.host}.${var.domain}" }
    objectBackups = {
      bucket = module.objects.name
      region = var.region
    }
    thirdParty = {
      cluster = module.cluster.name
      domain  = var.domain
      roles   = { for account in ["cert-manager", "cluster-autoscaler", "ebs-csi-controller", "efs-csi-controller", "external-dns", "external-secrets", "velero"] : account => module.access.roles[account] }
      storage = { fileSystem = module.storage.file_system, key = module.key.alias_arn }
    }
    backup = {
      repository = "s3:https://s3.${var.region}.amazonaws.com/${module.backup.bucket}"
      networks   = values(module.network.private_cidrs)
      roles      = { jobs = module.access.roles["backup"], retention = module.access.roles["backup-retention"] }
    }
  }
}
