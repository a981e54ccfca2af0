output "zone" {
  description = "Id of the zone, ARN, and the servers that the parent zone must name."
  value = {
    id      = aws_route53_zone.this.zone_id
    arn     = aws_route53_zone.this.arn
    servers = aws_route53_zone.this.name_servers
  }
}

output "certificates" {
  description = "ARN of the certificate of each name."
  value       = { for name, certificate in aws_acm_certificate.this : name => certificate.arn }
}
