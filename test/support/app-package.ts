/** Settings of which an app package can be made; none is missing, none too many. */
export const PACKAGE_SETTINGS = {
  MICROSOFT_APP_ID: '0F3A1C52-9D2E-4B7A-8C11-5E6F7A8B9C0D',
  PUBLIC_URL: 'https://claimdesk.example.com/',
  APP_DEVELOPER_NAME: 'Northbridge Cloud',
  APP_WEBSITE_URL: 'https://northbridge.example',
  APP_PRIVACY_URL: 'https://northbridge.example/privacy',
  APP_TERMS_URL: 'https://northbridge.example/terms',
} as const;
