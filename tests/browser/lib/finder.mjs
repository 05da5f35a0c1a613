// finder.mjs - hands in a report as a finder does, page by page.
// The product is one of a published advisory (demo/cases/01); who reports it and how is invented.
export const facts = {
  name: '見本 花子', email: 'hanako@finder.example', product: 'STARDOM FCN/FCJ R1.01 to R4.31',
  environment: 'FCN-500 R4.31, default configuration', steps: '1. Connect to the controller\n2. Send the crafted packet repeatedly',
  result: 'The controller stops to answer on its maintenance port.',
};
const consents = { tell_vendor: 'yes', direct_contact: 'yes', publish_name: 'yes', told_others: 'no' };

export async function fillReport(page, values = facts) {
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
  for (const [name, value] of Object.entries(consents)) await page.check(`[name=${name}][value=${value}]`);
  await page.check('[name=personal_data]');
}

// Resolves with {receipt, key} as the last page shows them.
export async function sendReport(page, lang = 'ja', values = facts) {
  await page.goto(`/${lang}/report/product`);
  await fillReport(page, values);
  await page.click('button[name=do][value=check]');
  await page.click('button[name=do][value=send]');
  return { receipt: await page.innerText('#receipt-no'), key: await page.innerText('#receipt-key') };
}

export async function openTrack(page, { receipt, key }, lang = 'ja') {
  await page.goto(`/${lang}/track`);
  await page.fill('[name=receipt]', receipt);
  await page.fill('[name=key]', key);
  await page.press('[name=key]', 'Enter');
  await page.waitForURL(/\/track\/report/);
}
