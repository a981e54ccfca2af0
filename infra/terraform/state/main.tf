# Applied once for an account, by hand, before any environment: what holds the others' state can't be kept there itself.
provider "aws" {
  region = "eu-central-1"
}

data "aws_caller_identity" "current" {}

module "key" {
  source  = "../modules/key"
  name    = "sportbuff/state"
  purpose = "Terraform's state of the sportbuff platform."
}

module "bucket" {
  source         = "../modules/bucket"
  name           = "sportbuff-state-${data.aws_caller_identity.current.account_id}"
  key_arn        = module.key.arn
  lock           = null
  lifecycle_days = { noncurrent = 365 }
}

output "bucket" {
  description = "What terraform init of an environment is told by -backend-config=bucket=…"
  value       = module.bucket.name
}
