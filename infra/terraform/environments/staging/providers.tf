provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { platform = "sportbuff", environment = "staging", managed-by = "terraform" }
  }
}

provider "aws" {
  alias  = "replica"
  region = "eu-west-1"

  default_tags {
    tags = { platform = "sportbuff", environment = "staging", managed-by = "terraform" }
  }
}
