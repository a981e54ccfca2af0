terraform {
  # The bucket is made by ../../state. Its name holds the number of the account: terraform init -backend-config=bucket=sportbuff-state-ACCOUNT
  backend "s3" {
    key          = "managed.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
