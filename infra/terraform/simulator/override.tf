# Laid over an environment that is applied to a simulator: the very modules and values of the environment, another place.
terraform {
  backend "local" {}
}

provider "aws" {
  access_key                  = "simulator"
  secret_key                  = "simulator"
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

provider "aws" {
  alias                       = "replica"
  access_key                  = "simulator"
  secret_key                  = "simulator"
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}
