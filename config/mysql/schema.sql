-- What the services find in their database, made before them (schema, beside this file). A table that is there is left as it is.
CREATE TABLE IF NOT EXISTS buffs (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  deleted_at DATETIME(3) NULL,
  question MEDIUMTEXT NOT NULL,
  answers JSON NOT NULL,
  message_key VARCHAR(255) COLLATE utf8mb4_0900_bin NULL UNIQUE,
  KEY (deleted_at)
) DEFAULT CHARACTER SET utf8mb4;
