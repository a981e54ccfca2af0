# Made anew at each plan and each apply, and kept by neither: no state and no plan ever holds it.
ephemeral "aws_secretsmanager_random_password" "this" {
  password_length            = 40
  exclude_punctuation        = true
  require_each_included_type = true
}
