/** A province or city on the tile map: its name in one or two lines, column and row. */
export interface Province {
  id: string;
  name: { vi: readonly string[]; en: readonly string[] };
  column: number;
  row: number;
}

const at = (column: number, row: number, id: string, vi: string, en: string): Province => ({
  id,
  name: { vi: vi.split(' '), en: en.split(' ') },
  column,
  row,
});

/** The 34 of 1 July 2025 (Resolution 202/2025/QH15), roughly in place: the north on top, the sea to the right. Ids as in the shipped list. */
export const provinces: readonly Province[] = [
  at(1, 0, 'laichau', 'Lai Châu', 'Lai Chau'),
  at(2, 0, 'laocai', 'Lào Cai', 'Lao Cai'),
  at(3, 0, 'tuyenquang', 'Tuyên Quang', 'Tuyen Quang'),
  at(4, 0, 'caobang', 'Cao Bằng', 'Cao Bang'),
  at(0, 1, 'dienbien', 'Điện Biên', 'Dien Bien'),
  at(1, 1, 'sonla', 'Sơn La', 'Son La'),
  at(2, 1, 'phutho', 'Phú Thọ', 'Phu Tho'),
  at(3, 1, 'thainguyen', 'Thái Nguyên', 'Thai Nguyen'),
  at(4, 1, 'langson', 'Lạng Sơn', 'Lang Son'),
  at(2, 2, 'hanoi', 'Hà Nội', 'Ha Noi'),
  at(3, 2, 'bacninh', 'Bắc Ninh', 'Bac Ninh'),
  at(4, 2, 'quangninh', 'Quảng Ninh', 'Quang Ninh'),
  at(2, 3, 'ninhbinh', 'Ninh Bình', 'Ninh Binh'),
  at(3, 3, 'hungyen', 'Hưng Yên', 'Hung Yen'),
  at(4, 3, 'haiphong', 'Hải Phòng', 'Hai Phong'),
  at(2, 4, 'thanhhoa', 'Thanh Hóa', 'Thanh Hoa'),
  at(2, 5, 'nghean', 'Nghệ An', 'Nghe An'),
  at(3, 5, 'hatinh', 'Hà Tĩnh', 'Ha Tinh'),
  at(3, 6, 'quangtri', 'Quảng Trị', 'Quang Tri'),
  at(4, 6, 'hue', 'Huế', 'Hue'),
  at(4, 7, 'danang', 'Đà Nẵng', 'Da Nang'),
  at(5, 8, 'quangngai', 'Quảng Ngãi', 'Quang Ngai'),
  at(5, 9, 'gialai', 'Gia Lai', 'Gia Lai'),
  at(5, 10, 'daklak', 'Đắk Lắk', 'Dak Lak'),
  at(5, 11, 'khanhhoa', 'Khánh Hòa', 'Khanh Hoa'),
  at(4, 11, 'lamdong', 'Lâm Đồng', 'Lam Dong'),
  at(3, 11, 'dongnai', 'Đồng Nai', 'Dong Nai'),
  at(2, 11, 'tayninh', 'Tây Ninh', 'Tay Ninh'),
  at(3, 12, 'hochiminhcity', 'TP. HCM', 'HCM City'),
  at(2, 12, 'dongthap', 'Đồng Tháp', 'Dong Thap'),
  at(1, 12, 'angiang', 'An Giang', 'An Giang'),
  at(2, 13, 'vinhlong', 'Vĩnh Long', 'Vinh Long'),
  at(1, 13, 'cantho', 'Cần Thơ', 'Can Tho'),
  at(0, 13, 'camau', 'Cà Mau', 'Ca Mau'),
];

export const mapColumns = 6;
export const mapRows = 14;
