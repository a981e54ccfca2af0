provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { platform = "sportbuff", environment = "managed", managed-by = "terraform" }
  }
}

# Of what stands in one region alone nothing is made there; the override of the simulator names it.
provider "aws" {
  alias  = "replica"
  region = "eu-west-1"
}
