import type { Cloud } from '../../bot/teams/adapter.ts';

type Credentials = NonNullable<Cloud['credentials']>;

/** The bot's own tokens without Entra, named by its process: a refusal, as MSAL words it, while there is one. */
export const standInCredentials = (
  appId: string,
  refusal: () => string | null = () => null,
  renewed: () => void = () => {},
): Credentials => {
  const getToken = async (renew = false): Promise<string> => {
    if (renew) renewed();
    const errorCode = refusal();
    if (errorCode !== null) throw Object.assign(new Error(`${errorCode}: no token`), { errorCode });
    return `bot-${process.pid}`;
  };
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      appId,
      getToken,
      signRequest: async (request) => {
        request.headers.set('authorization', `Bearer ${await getToken()}`);
        return request;
      },
    }),
  };
};
