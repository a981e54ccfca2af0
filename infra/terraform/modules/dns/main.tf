locals {
  names = toset([for service in var.services : "${service}.${var.domain}"])
}

resource "aws_route53_zone" "this" {
  name          = var.domain
  force_destroy = !var.protected
}

# Nobody else issues certificates for the domain, and nobody one for all its names.
resource "aws_route53_record" "issuers" {
  zone_id = aws_route53_zone.this.zone_id
  name    = var.domain
  type    = "CAA"
  ttl     = 3600
  records = concat([for issuer in setunion(["amazon.com"], var.issuers) : "0 issue \"${issuer}\""], ["0 issuewild \";\""])
}

resource "aws_acm_certificate" "this" {
  for_each = local.names

  domain_name       = each.key
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = aws_acm_certificate.this

  zone_id = aws_route53_zone.this.zone_id
  name    = one(each.value.domain_validation_options).resource_record_name
  type    = one(each.value.domain_validation_options).resource_record_type
  records = [one(each.value.domain_validation_options).resource_record_value]
  ttl     = 300

  # It is asked for again with each renewal, and may be there already.
  allow_overwrite = true
}
