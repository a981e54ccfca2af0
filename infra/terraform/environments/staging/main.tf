module "platform" {
  source    = "../../modules/platform"
  providers = { aws = aws, aws.replica = aws.replica }

  environment = "staging"
  protected   = var.protected
  retention   = { lock_days = 8, cold_days = 30, expire_days = 45 }
}
