const SITE = /^(\d{12})-(\d{1,3})$/;

/** Whether a computer may have taken the other's place, by their names alone: the same organ's, with a lower number. */
export function mayFollow(site: string, former: string): boolean {
  const [, organ, device] = SITE.exec(site) ?? [];
  const [, formerOrgan, formerDevice] = SITE.exec(former) ?? [];
  return organ !== undefined && organ === formerOrgan && Number(formerDevice) < Number(device);
}
