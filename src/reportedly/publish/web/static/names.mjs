// What a place is called, in the reader's choice. Pure.
// @ts-check

const KMU = { а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia', "'": '', '’': '', 'ʼ': '' };
const KMU_FIRST = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };

/** Ukrainian in Latin letters by the Cabinet's table of 2010. @param {string} word */
export function latinUkrainian(word) {
  let out = '', first = true;
  const lower = word.toLowerCase();
  for (let i = 0; i < lower.length; i++) {
    const letter = lower[i];
    let latin = /** @type {any} */ (first ? KMU_FIRST : {})[letter] ?? /** @type {any} */ (KMU)[letter] ?? word[i];
    if (letter === 'г' && lower[i - 1] === 'з') latin = 'gh';
    if (letter !== word[i] && latin) latin = latin[0].toUpperCase() + latin.slice(1);
    out += latin;
    first = /[\s-]/.test(letter);
  }
  return out;
}

/** @param {string} name @param {string} local @param {string} lang @param {string} choice */
export function called(name, local, lang, choice) {
  if (choice === 'local') return local || name;
  if (choice === 'latin') return local && lang === 'uk' ? latinUkrainian(local) : name;
  return name;
}
