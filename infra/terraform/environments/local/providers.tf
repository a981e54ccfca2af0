provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { platform = "sportbuff", environment = "local", managed-by = "terraform" }
  }
}

# The override of the simulator names it.
provider "aws" {
  alias  = "replica"
  region = "eu-west-1"
}
