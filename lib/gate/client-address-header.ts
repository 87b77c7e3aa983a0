/** In which this server's hook hands the client's address on, with its proof (lib/http/client-address.ts). */
export const CLIENT_ADDRESS_HEADER = 'x-taskward-client'
