mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      domain_validation_options = [{ domain_name = "x", resource_record_name = "_proof", resource_record_type = "CNAME", resource_record_value = "_value" }]
    }
  }
}

variables {
  domain = "staging.sportbuff.example"
}

run "Each_service_has_a_name_and_a_certificate_of_its_own" {
  assert {
    condition     = toset(keys(aws_acm_certificate.this)) == toset(["dashboard.staging.sportbuff.example", "server.staging.sportbuff.example"])
    error_message = "The certificates are not one for each service."
  }
  assert {
    condition     = alltrue([for certificate in aws_acm_certificate.this : certificate.validation_method == "DNS"])
    error_message = "A certificate is not renewed by itself."
  }
}

run "Nobody_else_issues_certificates_for_the_domain" {
  assert {
    condition     = toset(aws_route53_record.issuers.records) == toset(["0 issue \"amazon.com\"", "0 issuewild \";\""])
    error_message = "Others may issue certificates for the domain."
  }
}

run "Who_issues_the_certificates_of_the_gateway_may" {
  variables {
    issuers = ["letsencrypt.org"]
  }
  assert {
    condition     = toset(aws_route53_record.issuers.records) == toset(["0 issue \"amazon.com\"", "0 issue \"letsencrypt.org\"", "0 issuewild \";\""])
    error_message = "Who is named may issue no certificates, or somebody else may."
  }
}

run "An_issuer_that_is_no_name_is_refused" {
  command = plan
  variables {
    issuers = ["Let's Encrypt"]
  }
  expect_failures = [var.issuers]
}

run "A_domain_with_a_dot_at_its_end_is_refused" {
  command = plan
  variables {
    domain = "sportbuff.example."
  }
  expect_failures = [var.domain]
}
