module "platform" {
  source    = "../../modules/platform"
  providers = { aws = aws, aws.replica = aws.replica }

  environment = "production"
  protected   = var.protected
  addons      = var.addons

  region       = "eu-central-1"
  cidr         = "10.10.0.0/16"
  nat_per_zone = true
  kubernetes   = "1.34"
  nodes        = { instance_types = ["m7i.xlarge", "m6i.xlarge"], min = 6, desired = 6, max = 18, disk_gib = 100 }
  domain       = "sportbuff.example"

  retention = { lock_days = 35, cold_days = 30 }
}
