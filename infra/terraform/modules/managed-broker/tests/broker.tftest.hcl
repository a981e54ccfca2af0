mock_provider "aws" {
  mock_resource "aws_mq_broker" {
    defaults = {
      instances = [
        { console_url = "", ip_address = "", endpoints = ["ssl://b-1.mq.example:61617", "stomp+ssl://b-1.mq.example:61614"] },
        { console_url = "", ip_address = "", endpoints = ["ssl://b-2.mq.example:61617", "stomp+ssl://b-2.mq.example:61614"] },
      ]
    }
  }
}

variables {
  name    = "sportbuff-test"
  vpc_id  = "vpc-1"
  subnets = { a = "subnet-a", b = "subnet-b", c = "subnet-c" }
  clients = { a = "10.20.0.0/19", b = "10.20.32.0/19", c = "10.20.64.0/19" }
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
  server  = { version = "5.18", instance_type = "mq.m5.large" }
}

run "Its_store_is_encrypted" {
  assert {
    condition     = aws_mq_broker.this.encryption_options[0].kms_key_id == var.key_arn && !aws_mq_broker.this.encryption_options[0].use_aws_owned_key
    error_message = "The store is not encrypted with the key it was given."
  }
}

run "Nobody_but_nodes_and_pods_reaches_it_and_by_STOMP_over_TLS_alone" {
  assert {
    condition     = !aws_mq_broker.this.publicly_accessible
    error_message = "It has a public address."
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.stomp : rule.cidr_ipv4]) == toset(values(var.clients)) && alltrue([for rule in aws_vpc_security_group_ingress_rule.stomp : rule.from_port == 61614 && rule.to_port == 61614])
    error_message = "Others than the nodes and pods reach it, or by more than STOMP over TLS."
  }
}

run "Who_did_what_is_logged_and_nobody_does_it_by_a_console" {
  assert {
    condition     = try(aws_mq_broker.this.logs[0].audit == "true" || aws_mq_broker.this.logs[0].audit == true, false) && try(aws_mq_broker.this.logs[0].general, false)
    error_message = "What is done to the broker is not logged."
  }
  assert {
    condition     = alltrue([for user in aws_mq_broker.this.user : user.console_access != true])
    error_message = "A client of the broker has its console, too."
  }
}

run "It_survives_a_zone_with_its_store" {
  assert {
    condition     = aws_mq_broker.this.deployment_mode == "ACTIVE_STANDBY_MULTI_AZ" && aws_mq_broker.this.storage_type == "efs" && length(aws_mq_broker.this.subnet_ids) == 2
    error_message = "A zone that is lost takes the broker with it."
  }
  assert {
    condition     = output.hosts == "b-1.mq.example,b-2.mq.example"
    error_message = "The addresses are ${output.hosts}."
  }
}

run "Its_first_password_is_at_random" {
  assert {
    condition     = can(regex("^[0-9a-f]{32}$", one(aws_mq_broker.this.user).password))
    error_message = "The first password can be guessed."
  }
}

run "One_zone_is_refused" {
  command = plan
  variables {
    subnets = { a = "subnet-a" }
  }
  expect_failures = [var.subnets]
}
