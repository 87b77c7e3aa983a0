-- What is stored as an address is one. Not checked for the rows of before, which may hold what a client made up.
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_ip_address_form" CHECK ("ip_address" ~ '^[0-9a-f:.]{2,45}$') NOT VALID;
ALTER TABLE "auth_events" ADD CONSTRAINT "auth_events_ip_address_form" CHECK ("ip_address" ~ '^[0-9a-f:.]{2,45}$') NOT VALID;
