-- Client certificates stand beside tokens: for a program that shows one to the proxy in front.
-- Lower-case hex of the SHA-256 of its DER; NULL: a token.  token_hash is then the hash of that.
ALTER TABLE api_token ADD COLUMN certificate TEXT;
