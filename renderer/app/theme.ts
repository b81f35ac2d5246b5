import { theme, type ThemeConfig } from 'antd';

/** Calm, dense, official: police blue is the one accent. */
export const lijingTheme: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  token: {
    colorPrimary: '#1F4E9E',
    colorInfo: '#1F4E9E',
    colorLink: '#1F4E9E',
    // Antd's defaults fall short of a contrast of 4.5 on white.
    colorTextDescription: '#595959',
    colorTextPlaceholder: '#6b6b6b',
    colorTextDisabled: '#6b6b6b',
    colorSuccess: '#237804',
    colorWarning: '#ad4e00',
    colorError: '#a8071a',
    // Derived from such dark colours the grounds would turn grey.
    colorInfoBg: '#eef4ff',
    colorSuccessBg: '#f6ffed',
    colorWarningBg: '#fff7e6',
    colorErrorBg: '#fff1f0',
    controlItemBgActive: '#e6eefb',
    borderRadius: 3,
    fontSize: 14,
    fontFamily: '"Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif',
    motion: false,
  },
  components: {
    // Fifteen screens and four headings stand in the navigation without scrolling at 768.
    Menu: { itemSelectedBg: '#e6eefb', itemHeight: 30, itemMarginBlock: 1 },
    Descriptions: { labelColor: '#595959' },
  },
};
