module "platform" {
  source    = "../../modules/platform"
  providers = { aws = aws, aws.replica = aws.replica }

  environment = "production"
  protected   = var.protected
  retention   = { lock_days = 35, cold_days = 30, expire_days = 90 }
}
