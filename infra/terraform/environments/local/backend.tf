# Of a simulator that is gone with the run: the state goes with it.
terraform {
  backend "local" {}
}
